// #embed makes the bytes part of the program, so one binary serves the page from any folder; and the compiler's list of
// what a file depends on names them, so a changed page is compiled in with the next build.
#include "CWebFiles.h"

// #embed is of C23. Swift's compiler has it in older C too, and warns.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char api_js[] = {
#embed "../../web/api.js"
};

static const unsigned char app_js[] = {
#embed "../../web/app.js"
};

static const unsigned char dom_js[] = {
#embed "../../web/dom.js"
};

static const unsigned char icon_svg[] = {
#embed "../../web/icon.svg"
};

static const unsigned char index_html[] = {
#embed "../../web/index.html"
};

static const unsigned char live_js[] = {
#embed "../../web/live.js"
};

static const unsigned char login_html[] = {
#embed "../../web/login.html"
};

static const unsigned char login_js[] = {
#embed "../../web/login.js"
};

static const unsigned char naming_js[] = {
#embed "../../web/naming.js"
};

static const unsigned char page_css[] = {
#embed "../../web/page.css"
};

static const unsigned char people_js[] = {
#embed "../../web/people.js"
};

static const unsigned char person_js[] = {
#embed "../../web/person.js"
};

static const unsigned char tasks_js[] = {
#embed "../../web/tasks.js"
};

static const unsigned char unknown_js[] = {
#embed "../../web/unknown.js"
};

static const unsigned char upload_js[] = {
#embed "../../web/upload.js"
};

static const unsigned char viewer_js[] = {
#embed "../../web/viewer.js"
};

static const unsigned char words_js[] = {
#embed "../../web/words.js"
};

static const unsigned char openapi_yaml[] = {
#embed "../../openapi.yaml"
};

static const lik_web_file files[] = {
    {"web/api.js", api_js, sizeof api_js},
    {"web/app.js", app_js, sizeof app_js},
    {"web/dom.js", dom_js, sizeof dom_js},
    {"web/icon.svg", icon_svg, sizeof icon_svg},
    {"web/index.html", index_html, sizeof index_html},
    {"web/live.js", live_js, sizeof live_js},
    {"web/login.html", login_html, sizeof login_html},
    {"web/login.js", login_js, sizeof login_js},
    {"web/naming.js", naming_js, sizeof naming_js},
    {"web/page.css", page_css, sizeof page_css},
    {"web/people.js", people_js, sizeof people_js},
    {"web/person.js", person_js, sizeof person_js},
    {"web/tasks.js", tasks_js, sizeof tasks_js},
    {"web/unknown.js", unknown_js, sizeof unknown_js},
    {"web/upload.js", upload_js, sizeof upload_js},
    {"web/viewer.js", viewer_js, sizeof viewer_js},
    {"web/words.js", words_js, sizeof words_js},
    {"openapi.yaml", openapi_yaml, sizeof openapi_yaml},
};

size_t lik_web_file_count(void) { return sizeof files / sizeof *files; }

lik_web_file lik_web_file_at(size_t index) { return files[index]; }
