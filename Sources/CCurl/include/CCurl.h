// What HTTPTransfer needs of libcurl: its C functions are variadic, which Swift cannot call, and the library is loaded
// when the first request needs it and not with the program.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum LikTransferOutcome {
    LIK_TRANSFER_DONE,
    LIK_TRANSFER_BAD_URL,
    // No address of the host was allowed.
    LIK_TRANSFER_REFUSED,
    // The name has no address, or nothing answers there.
    LIK_TRANSFER_UNREACHABLE,
    LIK_TRANSFER_TOO_SLOW,
    LIK_TRANSFER_BAD_CERTIFICATE,
    // The receiver wanted no more.
    LIK_TRANSFER_STOPPED,
    // Whatever else: a connection that broke off, an answer that is not HTTP, a body that could not be read.
    LIK_TRANSFER_BROKEN,
} LikTransferOutcome;

typedef struct LikTransfer {
    const char *method;
    const char *url;
    // "Name: value", or "Name;" for one without a value.
    const char *const *headers;
    size_t header_count;
    // Bytes in memory, or, where this is NULL, of an open file from an offset on.
    const uint8_t *body;
    int body_file;
    int64_t body_offset;
    int64_t body_length;
    // Whether the request has a body at all; one may be empty.
    bool has_body;
    long connecting_milliseconds;
    long whole_milliseconds;
    bool verifies_certificates;
    // Handed to the functions that follow.
    void *context;
    // Whether a connection may be made to this address: 4 or 16 bytes in the network's order.
    bool (*allows)(void *context, const uint8_t *address, size_t length);
    // A line of the answer's head, the status line among them, without its line's end.
    void (*head)(void *context, const char *line, size_t length);
    // A piece of the answer's body; false ends the transfer.
    bool (*receive)(void *context, const uint8_t *bytes, size_t length);
} LikTransfer;

// Loads libcurl. To be called once, before anything else; false: it is not there, or lacks something.
bool lik_curl_start(void);

// Something that keeps connections for the next request. One thread at a time may use it; NULL: no memory.
void *lik_curl_open(void);
void lik_curl_close(void *handle);

// Carries out a request and returns when its answer has been received. The answer's status is 0 where there was none.
LikTransferOutcome lik_curl_perform(void *handle, const LikTransfer *transfer, long *status);
