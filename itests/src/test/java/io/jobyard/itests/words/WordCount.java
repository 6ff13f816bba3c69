// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests.words;

import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.JobHandler;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/** Counts the words of a text: the handler that is dropped into a running host. */
@Component
@HandlesJob(value = "word_count", description = "Counts the words of a text.")
public final class WordCount implements JobHandler {

    @Override
    public Map<String, Object> handle(JobContext context) {
        String text = String.valueOf(context.payload().get("text"));
        return Map.of("words", text.strip().split("\\s+").length);
    }
}
