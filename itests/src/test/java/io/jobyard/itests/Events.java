// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.api.HistoryEvent;
import java.util.List;

/** What the rows of a history mean. */
final class Events {

    private Events() {}

    static boolean isStart(JsonNode event) {
        return event.get("from").asText().equals("queued")
                && event.get("to").asText().equals("running");
    }

    static boolean isCompletion(JsonNode event) {
        return event.get("to").asText().equals("completed");
    }

    static boolean isLoss(JsonNode event) {
        return event.get("reason").asText().equals("host lost");
    }

    /** By an operator: another life. */
    static boolean isRetry(JsonNode event) {
        return event.get("from").asText().matches("failed|cancelled")
                && event.get("to").asText().equals("queued")
                && !event.get("who").asText().equals(HistoryEvent.HOST);
    }

    /** In the latest life. */
    static long losses(List<JsonNode> events) {
        long losses = 0;
        for (JsonNode event : events) {
            losses = isRetry(event) ? 0 : losses + (isLoss(event) ? 1 : 0);
        }
        return losses;
    }
}
