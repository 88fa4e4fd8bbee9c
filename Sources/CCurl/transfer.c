#define CURL_DISABLE_TYPECHECK
#include "CCurl.h"

#include <curl/curl.h>
#include <dlfcn.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

// curl.h makes macros of these names, which would get in the way of pointers to the functions.
#undef curl_easy_setopt
#undef curl_easy_getinfo

#define LIK_FUNCTIONS(F)                                                                                               \
    F(curl_global_init) F(curl_easy_init) F(curl_easy_cleanup) F(curl_easy_reset) F(curl_easy_setopt)                  \
    F(curl_easy_getinfo) F(curl_easy_perform) F(curl_slist_append) F(curl_slist_free_all)

// Filled by lik_curl_start, and only read afterwards.
static struct {
#define LIK_POINTER(name) __typeof__(name) *name;
    LIK_FUNCTIONS(LIK_POINTER)
#undef LIK_POINTER
} curl;

bool lik_curl_start(void) {
    void *library = dlopen("libcurl.so.4", RTLD_LAZY | RTLD_LOCAL);
    if (!library) {
        return false;
    }
#define LIK_FIND(name) && (curl.name = (__typeof__(curl.name)) dlsym(library, #name))
    return true LIK_FUNCTIONS(LIK_FIND) && curl.curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
#undef LIK_FIND
}

void *lik_curl_open(void) {
    return curl.curl_easy_init();
}

void lik_curl_close(void *handle) {
    curl.curl_easy_cleanup(handle);
}

// One request on its way.
typedef struct Running {
    const LikTransfer *transfer;
    int64_t sent;
    // Addresses that were not allowed, and those that were.
    int refused;
    int tried;
    bool stopped;
} Running;

static curl_socket_t open_socket(void *data, curlsocktype purpose, struct curl_sockaddr *to) {
    (void) purpose;
    Running *running = data;
    const uint8_t *address = NULL;
    size_t length = 0;
    // What follows sa_family lies beyond the declared structure, as libcurl says.
    struct sockaddr_in four;
    struct sockaddr_in6 six;
    if (to->family == AF_INET && to->addrlen >= sizeof four) {
        memcpy(&four, &to->addr, sizeof four);
        address = (const uint8_t *) &four.sin_addr;
        length = 4;
    } else if (to->family == AF_INET6 && to->addrlen >= sizeof six) {
        memcpy(&six, &to->addr, sizeof six);
        address = (const uint8_t *) &six.sin6_addr;
        length = 16;
    }
    if (!address || !running->transfer->allows(running->transfer->context, address, length)) {
        running->refused += 1;
        return CURL_SOCKET_BAD;
    }
    running->tried += 1;
    return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

static size_t send_body(char *buffer, size_t size, size_t count, void *data) {
    Running *running = data;
    const LikTransfer *transfer = running->transfer;
    size_t wanted = size * count;
    const int64_t left = transfer->body_length - running->sent;
    if (left <= 0) {
        return 0;
    }
    if ((int64_t) wanted > left) {
        wanted = (size_t) left;
    }
    if (transfer->body) {
        memcpy(buffer, transfer->body + running->sent, wanted);
    } else {
        const ssize_t got = pread(transfer->body_file, buffer, wanted, transfer->body_offset + running->sent);
        if (got <= 0) {
            return CURL_READFUNC_ABORT;
        }
        wanted = (size_t) got;
    }
    running->sent += (int64_t) wanted;
    return wanted;
}

static int seek_body(void *data, curl_off_t offset, int origin) {
    Running *running = data;
    if (origin != SEEK_SET) {
        return CURL_SEEKFUNC_CANTSEEK;
    }
    running->sent = offset;
    return CURL_SEEKFUNC_OK;
}

static size_t receive_head(char *bytes, size_t size, size_t count, void *data) {
    const Running *running = data;
    size_t length = size * count;
    while (length > 0 && (bytes[length - 1] == '\n' || bytes[length - 1] == '\r')) {
        length -= 1;
    }
    running->transfer->head(running->transfer->context, bytes, length);
    return size * count;
}

static size_t receive_body(char *bytes, size_t size, size_t count, void *data) {
    Running *running = data;
    if (!running->transfer->receive(running->transfer->context, (const uint8_t *) bytes, size * count)) {
        running->stopped = true;
        return 0;
    }
    return size * count;
}

static LikTransferOutcome outcome(CURLcode code, const Running *running) {
    if (running->stopped) {
        return LIK_TRANSFER_STOPPED;
    }
    switch (code) {
    case CURLE_OK:
        return LIK_TRANSFER_DONE;
    case CURLE_URL_MALFORMAT:
        return LIK_TRANSFER_BAD_URL;
    case CURLE_UNSUPPORTED_PROTOCOL:
        // It also says this of an answer that is no HTTP.
        return running->tried > 0 ? LIK_TRANSFER_BROKEN : LIK_TRANSFER_BAD_URL;
    case CURLE_COULDNT_RESOLVE_HOST:
        return LIK_TRANSFER_UNREACHABLE;
    case CURLE_COULDNT_CONNECT:
        return running->refused > 0 && running->tried == 0 ? LIK_TRANSFER_REFUSED : LIK_TRANSFER_UNREACHABLE;
    case CURLE_OPERATION_TIMEDOUT:
        return LIK_TRANSFER_TOO_SLOW;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
        return LIK_TRANSFER_BAD_CERTIFICATE;
    default:
        return LIK_TRANSFER_BROKEN;
    }
}

LikTransferOutcome lik_curl_perform(void *handle, const LikTransfer *transfer, long *status) {
    Running running = {.transfer = transfer};
    struct curl_slist *headers = NULL;
    *status = 0;
    for (size_t each = 0; each < transfer->header_count; each += 1) {
        struct curl_slist *longer = curl.curl_slist_append(headers, transfer->headers[each]);
        if (!longer) {
            curl.curl_slist_free_all(headers);
            return LIK_TRANSFER_BROKEN;
        }
        headers = longer;
    }
    // Forgets the last request's options and keeps its connection.
    curl.curl_easy_reset(handle);
#define SET(option, value) curl.curl_easy_setopt(handle, option, value)
    SET(CURLOPT_URL, transfer->url);
    SET(CURLOPT_PROTOCOLS_STR, "http,https");
    SET(CURLOPT_FOLLOWLOCATION, 0L);
    SET(CURLOPT_PROXY, "");
    SET(CURLOPT_NETRC, (long) CURL_NETRC_IGNORED);
    SET(CURLOPT_NOSIGNAL, 1L);
    SET(CURLOPT_CONNECTTIMEOUT_MS, transfer->connecting_milliseconds);
    SET(CURLOPT_TIMEOUT_MS, transfer->whole_milliseconds);
    SET(CURLOPT_SSL_VERIFYPEER, transfer->verifies_certificates ? 1L : 0L);
    SET(CURLOPT_SSL_VERIFYHOST, transfer->verifies_certificates ? 2L : 0L);
    SET(CURLOPT_OPENSOCKETFUNCTION, open_socket);
    SET(CURLOPT_OPENSOCKETDATA, &running);
    SET(CURLOPT_HEADERFUNCTION, receive_head);
    SET(CURLOPT_HEADERDATA, &running);
    SET(CURLOPT_WRITEFUNCTION, receive_body);
    SET(CURLOPT_WRITEDATA, &running);
    SET(CURLOPT_HTTPHEADER, headers);
    SET(CURLOPT_USERAGENT, "lik");
    if (transfer->has_body) {
        SET(CURLOPT_UPLOAD, 1L);
        SET(CURLOPT_READFUNCTION, send_body);
        SET(CURLOPT_READDATA, &running);
        SET(CURLOPT_SEEKFUNCTION, seek_body);
        SET(CURLOPT_SEEKDATA, &running);
        SET(CURLOPT_INFILESIZE_LARGE, (curl_off_t) transfer->body_length);
    } else if (strcmp(transfer->method, "HEAD") == 0) {
        SET(CURLOPT_NOBODY, 1L);
    }
    SET(CURLOPT_CUSTOMREQUEST, transfer->method);
    const CURLcode code = curl.curl_easy_perform(handle);
    curl.curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, status);
#undef SET
    // Nothing of this call may be reached from the handle once it has returned.
    curl.curl_easy_reset(handle);
    curl.curl_slist_free_all(headers);
    return outcome(code, &running);
}
