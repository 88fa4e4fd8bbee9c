// web/parts: what views are made of.

static const unsigned char parts_box_drawing_js[] = {
#embed "../../../web/parts/box-drawing.js"
};

static const unsigned char parts_charts_js[] = {
#embed "../../../web/parts/charts.js"
};

static const unsigned char parts_details_dialog_js[] = {
#embed "../../../web/parts/details-dialog.js"
};

static const unsigned char parts_dialogs_js[] = {
#embed "../../../web/parts/dialogs.js"
};

static const unsigned char parts_dom_js[] = {
#embed "../../../web/parts/dom.js"
};

static const unsigned char parts_draft_difference_js[] = {
#embed "../../../web/parts/draft-difference.js"
};

static const unsigned char parts_draft_panel_js[] = {
#embed "../../../web/parts/draft-panel.js"
};

static const unsigned char parts_drops_js[] = {
#embed "../../../web/parts/drops.js"
};

static const unsigned char parts_empty_js[] = {
#embed "../../../web/parts/empty.js"
};

static const unsigned char parts_face_actions_js[] = {
#embed "../../../web/parts/face-actions.js"
};

static const unsigned char parts_face_boxes_js[] = {
#embed "../../../web/parts/face-boxes.js"
};

static const unsigned char parts_face_card_js[] = {
#embed "../../../web/parts/face-card.js"
};

static const unsigned char parts_face_grid_js[] = {
#embed "../../../web/parts/face-grid.js"
};

static const unsigned char parts_icons_js[] = {
#embed "../../../web/parts/icons.js"
};

static const unsigned char parts_install_js[] = {
#embed "../../../web/parts/install.js"
};

static const unsigned char parts_layouts_js[] = {
#embed "../../../web/parts/layouts.js"
};

static const unsigned char parts_name_field_js[] = {
#embed "../../../web/parts/name-field.js"
};

static const unsigned char parts_navigation_js[] = {
#embed "../../../web/parts/navigation.js"
};

static const unsigned char parts_notices_js[] = {
#embed "../../../web/parts/notices.js"
};

static const unsigned char parts_people_keys_js[] = {
#embed "../../../web/parts/people-keys.js"
};

static const unsigned char parts_person_card_js[] = {
#embed "../../../web/parts/person-card.js"
};

static const unsigned char parts_person_title_js[] = {
#embed "../../../web/parts/person-title.js"
};

static const unsigned char parts_photo_details_js[] = {
#embed "../../../web/parts/photo-details.js"
};

static const unsigned char parts_photo_stage_js[] = {
#embed "../../../web/parts/photo-stage.js"
};

static const unsigned char parts_photo_wall_js[] = {
#embed "../../../web/parts/photo-wall.js"
};

static const unsigned char parts_queue_list_js[] = {
#embed "../../../web/parts/queue-list.js"
};

static const unsigned char parts_selection_bar_js[] = {
#embed "../../../web/parts/selection-bar.js"
};

static const unsigned char parts_selection_js[] = {
#embed "../../../web/parts/selection.js"
};

static const unsigned char parts_similar_people_js[] = {
#embed "../../../web/parts/similar-people.js"
};

static const unsigned char parts_tabs_js[] = {
#embed "../../../web/parts/tabs.js"
};

static const unsigned char parts_task_list_js[] = {
#embed "../../../web/parts/task-list.js"
};

static const unsigned char parts_upload_pill_js[] = {
#embed "../../../web/parts/upload-pill.js"
};

static const unsigned char parts_virtual_grid_js[] = {
#embed "../../../web/parts/virtual-grid.js"
};
