// web/views: a file for each view.

static const unsigned char views_add_js[] = {
#embed "../../../web/views/add.js"
};

static const unsigned char views_history_js[] = {
#embed "../../../web/views/history.js"
};

static const unsigned char views_people_js[] = {
#embed "../../../web/views/people.js"
};

static const unsigned char views_person_js[] = {
#embed "../../../web/views/person.js"
};

static const unsigned char views_photo_js[] = {
#embed "../../../web/views/photo.js"
};

static const unsigned char views_photos_js[] = {
#embed "../../../web/views/photos.js"
};

static const unsigned char views_review_js[] = {
#embed "../../../web/views/review.js"
};

static const unsigned char views_settings_js[] = {
#embed "../../../web/views/settings.js"
};

static const unsigned char views_statistics_js[] = {
#embed "../../../web/views/statistics.js"
};

static const unsigned char views_unknown_js[] = {
#embed "../../../web/views/unknown.js"
};
