// What lies in web/ itself, the languages, the style and the signs.

static const unsigned char app_js[] = {
#embed "../../../web/app.js"
};

static const unsigned char early_js[] = {
#embed "../../../web/early.js"
};

static const unsigned char icons_icon_192_png[] = {
#embed "../../../web/icons/icon-192.png"
};

static const unsigned char icons_icon_512_png[] = {
#embed "../../../web/icons/icon-512.png"
};

static const unsigned char icons_icon_maskable_512_png[] = {
#embed "../../../web/icons/icon-maskable-512.png"
};

static const unsigned char icons_icon_svg[] = {
#embed "../../../web/icons/icon.svg"
};

static const unsigned char index_html[] = {
#embed "../../../web/index.html"
};

static const unsigned char later_js[] = {
#embed "../../../web/later.js"
};

static const unsigned char login_html[] = {
#embed "../../../web/login.html"
};

static const unsigned char login_js[] = {
#embed "../../../web/login.js"
};

static const unsigned char manifest_webmanifest[] = {
#embed "../../../web/manifest.webmanifest"
};

static const unsigned char style_base_css[] = {
#embed "../../../web/style/base.css"
};

static const unsigned char style_controls_css[] = {
#embed "../../../web/style/controls.css"
};

static const unsigned char style_people_css[] = {
#embed "../../../web/style/people.css"
};

static const unsigned char style_photos_css[] = {
#embed "../../../web/style/photos.css"
};

static const unsigned char style_shell_css[] = {
#embed "../../../web/style/shell.css"
};

static const unsigned char style_work_css[] = {
#embed "../../../web/style/work.css"
};

static const unsigned char words_js[] = {
#embed "../../../web/words.js"
};

static const unsigned char words_en_js[] = {
#embed "../../../web/words/en.js"
};

static const unsigned char words_ru_js[] = {
#embed "../../../web/words/ru.js"
};

static const unsigned char worker_js[] = {
#embed "../../../web/worker.js"
};
