// web/server: what speaks to the server.

static const unsigned char server_api_js[] = {
#embed "../../../web/server/api.js"
};

static const unsigned char server_edits_js[] = {
#embed "../../../web/server/edits.js"
};

static const unsigned char server_live_js[] = {
#embed "../../../web/server/live.js"
};

static const unsigned char server_metrics_js[] = {
#embed "../../../web/server/metrics.js"
};

static const unsigned char server_people_js[] = {
#embed "../../../web/server/people.js"
};

static const unsigned char server_person_list_js[] = {
#embed "../../../web/server/person-list.js"
};

static const unsigned char server_photo_trail_js[] = {
#embed "../../../web/server/photo-trail.js"
};

static const unsigned char server_questions_js[] = {
#embed "../../../web/server/questions.js"
};

static const unsigned char server_send_photos_js[] = {
#embed "../../../web/server/send-photos.js"
};

static const unsigned char server_speed_meter_js[] = {
#embed "../../../web/server/speed-meter.js"
};

static const unsigned char server_stats_js[] = {
#embed "../../../web/server/stats.js"
};

static const unsigned char server_task_feed_js[] = {
#embed "../../../web/server/task-feed.js"
};

static const unsigned char server_upload_queue_js[] = {
#embed "../../../web/server/upload-queue.js"
};
