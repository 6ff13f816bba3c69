// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.copy;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table that is copied from one database into another.
 *
 * @param key columns that identify its rows and define their order
 * @param order direction of the order
 */
public record CopiedTable(String name, List<String> key, KeyOrder order) {

    enum KeyOrder {
        RISING,
        /** By key, descending. Derby reads an index efficiently in one direction only. */
        FALLING,
        /** By texts. Each database orders texts differently, so these small tables are sorted in memory. */
        BY_NAME
    }

    /** Table of jobs. Its rows include the lane, wherever their database stores it. */
    static final String JOB = "job";

    /** All copied tables. If a database stores lanes in the separate table {@code ready}, this table is copied with the jobs. */
    public static final List<CopiedTable> ALL = List.of(
            rising("incarnation", "number"),
            rising("lane", "id"),
            rising("handler_name", "id"),
            named("handler_type", "type"),
            named("queue_pause", "queue"),
            named("limit_level", "name", "unit"),
            named("limit_definition", "kind", "name"),
            named("schedule", "name"),
            named("user_account", "name"),
            named("access_token", "hash"),
            named("user_session", "hash"),
            rising("bulk", "number"),
            named("follower", "name"),
            named("request", "submitter", "request_key"),
            new CopiedTable(JOB, List.of("id"), KeyOrder.FALLING),
            rising("job_text", "job_id", "kind"),
            rising("trail_page", "job_id", "page"),
            rising("job_log", "job_id", "line"),
            rising("job_step", "job_id", "dropped_after", "number"),
            rising("step_text", "job_id", "number", "run", "kind"),
            rising("step_child", "child", "job_id", "number", "run"),
            rising("job_signal", "job_id", "number"),
            rising("job_stream", "job_id", "number"),
            rising("edge", "parent", "child"),
            rising("blame", "parent", "child"),
            rising("release_marker", "parent"),
            rising("live_key", "job_id"),
            rising("schedule_fire", "job_id"),
            named("job_group", "submitter", "name"),
            rising("group_job", "job_id"),
            rising("timer", "due_at", "job_id"),
            rising("run_use", "started_at", "job_id", "run", "unit"),
            rising("job_sample", "step", "taken_at"),
            rising("running", "incarnation", "part"),
            rising("sealed", "incarnation"),
            rising("audit", "incarnation", "number"),
            rising("feed", "incarnation", "number"));

    private static CopiedTable rising(String name, String... key) {
        return new CopiedTable(name, List.of(key), KeyOrder.RISING);
    }

    private static CopiedTable named(String name, String... key) {
        return new CopiedTable(name, List.of(key), KeyOrder.BY_NAME);
    }

    boolean isJob() {
        return name.equals(JOB);
    }

    /** Returns the ORDER BY clause for this order. */
    String orderBy() {
        String direction = order == KeyOrder.FALLING ? " DESC" : "";
        return " ORDER BY " + key.stream().map(column -> column + direction).collect(Collectors.joining(", "));
    }

    public static Stream<String> names() {
        return ALL.stream().map(CopiedTable::name);
    }
}
