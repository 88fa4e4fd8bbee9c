// #embed makes the bytes part of the program, so one binary serves the page from any folder; and the compiler's list of
// what a file depends on names them, so a changed page is compiled in with the next build.
#include "CWebFiles.h"

// #embed is of C23. Swift's compiler has it in older C too, and warns.
#pragma clang diagnostic ignored "-Wc23-extensions"

#include "bytes/root.h"
#include "bytes/parts.h"
#include "bytes/server.h"
#include "bytes/views.h"

static const unsigned char openapi_yaml[] = {
#embed "../../openapi.yaml"
};

#define WEB_FILE(name, bytes) {"web/" name, bytes, sizeof bytes}

static const lik_web_file files[] = {
    WEB_FILE("app.js", app_js),
    WEB_FILE("early.js", early_js),
    WEB_FILE("icons/icon-192.png", icons_icon_192_png),
    WEB_FILE("icons/icon-512.png", icons_icon_512_png),
    WEB_FILE("icons/icon-maskable-512.png", icons_icon_maskable_512_png),
    WEB_FILE("icons/icon.svg", icons_icon_svg),
    WEB_FILE("index.html", index_html),
    WEB_FILE("later.js", later_js),
    WEB_FILE("login.html", login_html),
    WEB_FILE("login.js", login_js),
    WEB_FILE("manifest.webmanifest", manifest_webmanifest),
    WEB_FILE("style/base.css", style_base_css),
    WEB_FILE("style/controls.css", style_controls_css),
    WEB_FILE("style/people.css", style_people_css),
    WEB_FILE("style/photos.css", style_photos_css),
    WEB_FILE("style/shell.css", style_shell_css),
    WEB_FILE("style/work.css", style_work_css),
    WEB_FILE("words.js", words_js),
    WEB_FILE("words/en.js", words_en_js),
    WEB_FILE("words/ru.js", words_ru_js),
    WEB_FILE("worker.js", worker_js),
    WEB_FILE("parts/box-drawing.js", parts_box_drawing_js),
    WEB_FILE("parts/charts.js", parts_charts_js),
    WEB_FILE("parts/details-dialog.js", parts_details_dialog_js),
    WEB_FILE("parts/dialogs.js", parts_dialogs_js),
    WEB_FILE("parts/dom.js", parts_dom_js),
    WEB_FILE("parts/draft-difference.js", parts_draft_difference_js),
    WEB_FILE("parts/draft-panel.js", parts_draft_panel_js),
    WEB_FILE("parts/drops.js", parts_drops_js),
    WEB_FILE("parts/empty.js", parts_empty_js),
    WEB_FILE("parts/face-actions.js", parts_face_actions_js),
    WEB_FILE("parts/face-boxes.js", parts_face_boxes_js),
    WEB_FILE("parts/face-card.js", parts_face_card_js),
    WEB_FILE("parts/face-grid.js", parts_face_grid_js),
    WEB_FILE("parts/icons.js", parts_icons_js),
    WEB_FILE("parts/install.js", parts_install_js),
    WEB_FILE("parts/layouts.js", parts_layouts_js),
    WEB_FILE("parts/name-field.js", parts_name_field_js),
    WEB_FILE("parts/navigation.js", parts_navigation_js),
    WEB_FILE("parts/notices.js", parts_notices_js),
    WEB_FILE("parts/people-keys.js", parts_people_keys_js),
    WEB_FILE("parts/person-card.js", parts_person_card_js),
    WEB_FILE("parts/person-title.js", parts_person_title_js),
    WEB_FILE("parts/photo-details.js", parts_photo_details_js),
    WEB_FILE("parts/photo-stage.js", parts_photo_stage_js),
    WEB_FILE("parts/photo-wall.js", parts_photo_wall_js),
    WEB_FILE("parts/queue-list.js", parts_queue_list_js),
    WEB_FILE("parts/selection-bar.js", parts_selection_bar_js),
    WEB_FILE("parts/selection.js", parts_selection_js),
    WEB_FILE("parts/similar-people.js", parts_similar_people_js),
    WEB_FILE("parts/tabs.js", parts_tabs_js),
    WEB_FILE("parts/task-list.js", parts_task_list_js),
    WEB_FILE("parts/upload-pill.js", parts_upload_pill_js),
    WEB_FILE("parts/virtual-grid.js", parts_virtual_grid_js),
    WEB_FILE("server/api.js", server_api_js),
    WEB_FILE("server/edits.js", server_edits_js),
    WEB_FILE("server/live.js", server_live_js),
    WEB_FILE("server/metrics.js", server_metrics_js),
    WEB_FILE("server/people.js", server_people_js),
    WEB_FILE("server/person-list.js", server_person_list_js),
    WEB_FILE("server/photo-trail.js", server_photo_trail_js),
    WEB_FILE("server/questions.js", server_questions_js),
    WEB_FILE("server/send-photos.js", server_send_photos_js),
    WEB_FILE("server/speed-meter.js", server_speed_meter_js),
    WEB_FILE("server/stats.js", server_stats_js),
    WEB_FILE("server/task-feed.js", server_task_feed_js),
    WEB_FILE("server/upload-queue.js", server_upload_queue_js),
    WEB_FILE("views/add.js", views_add_js),
    WEB_FILE("views/history.js", views_history_js),
    WEB_FILE("views/people.js", views_people_js),
    WEB_FILE("views/person.js", views_person_js),
    WEB_FILE("views/photo.js", views_photo_js),
    WEB_FILE("views/photos.js", views_photos_js),
    WEB_FILE("views/review.js", views_review_js),
    WEB_FILE("views/settings.js", views_settings_js),
    WEB_FILE("views/statistics.js", views_statistics_js),
    WEB_FILE("views/unknown.js", views_unknown_js),
    {"openapi.yaml", openapi_yaml, sizeof openapi_yaml},
};

size_t lik_web_file_count(void) { return sizeof files / sizeof *files; }

lik_web_file lik_web_file_at(size_t index) { return files[index]; }
