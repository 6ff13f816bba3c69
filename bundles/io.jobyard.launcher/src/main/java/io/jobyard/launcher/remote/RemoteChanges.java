// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jobyard.client.JobyardClientException;
import java.util.List;
import java.util.function.Function;

/** The changes of several jobs. A job that cannot be changed does not stop the others. */
final class RemoteChanges {

    private final ObjectNode all = RemoteCommand.MAPPER.createObjectNode();
    private final ArrayNode jobs = all.putArray("jobs");
    private final ArrayNode errors = all.putArray("errors");

    /** Changes each job; 1 unless all were changed. */
    static int each(List<String> ids, boolean json, RemoteScreen screen, Function<String, JsonNode> change) {
        RemoteChanges changes = new RemoteChanges();
        for (String id : ids) {
            try {
                JsonNode answer = change.apply(id);
                answer.path("jobs").forEach(changes.jobs::add);
                answer.path("errors").forEach(changes.errors::add);
            } catch (JobyardClientException e) {
                if (ids.size() == 1) {
                    throw e;
                }
                changes.refuse(id, e);
            }
        }
        changes.print(json, screen);
        return changes.errors.isEmpty() ? 0 : 1;
    }

    private void refuse(String id, JobyardClientException e) {
        errors.addObject().put("id", id).put("code", e.code()).put("message", e.getMessage());
    }

    private void print(boolean json, RemoteScreen screen) {
        if (json) {
            screen.json(all);
            return;
        }
        jobs.forEach(job -> screen.line(RemoteText.text(job, "id") + " " + RemoteText.text(job, "status")));
        errors.forEach(error -> screen.error(RemoteText.text(error, "message")));
    }

    /** What a host would say of one job. */
    static JsonNode of(String id, String status) {
        ObjectNode changed = RemoteCommand.MAPPER.createObjectNode();
        changed.putArray("jobs").addObject().put("id", id).put("status", status);
        return changed;
    }
}
