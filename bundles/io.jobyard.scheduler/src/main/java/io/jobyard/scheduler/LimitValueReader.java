// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.api.JobChange;
import io.jobyard.api.JobTerms;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.limits.NamedLimit;
import io.jobyard.spi.queue.QueueRules;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Reader of the values by which limits count jobs separately. It adds the values to the limits of a job. */
final class LimitValueReader {

    private static final String LABEL = "label.";
    /** Maximum length that the store can hold, including a comma between two limits. */
    private static final int MOST_CHARACTERS = 4_000;

    private final QueueRules queue;
    /** Mapper for payloads, which were checked before. */
    private final ObjectMapper mapper = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build());

    LimitValueReader(QueueRules queue) {
        this.queue = queue;
    }

    /** Returns the terms with the current values of the job. */
    JobTerms read(JobTerms terms, Supplier<String> payload) {
        List<String> names = terms.demand().limits().stream()
                .map(text -> NamedLimit.parse(text).name())
                .toList();
        Map<String, String> keys = queue.limitKeys(terms.type(), terms.routing().handlerVersion(), names);
        if (keys.isEmpty() && names.equals(terms.demand().limits())) {
            return terms;
        }
        Set<String> limits = new TreeSet<>(names);
        keys.forEach((name, key) -> {
            NamedLimit limit = NamedLimit.of(name, value(key, terms, payload));
            if (limit.hasValue()) {
                limits.remove(name);
                limits.add(limit.text());
            }
        });
        int characters = String.join(",", limits).length();
        if (characters > MOST_CHARACTERS) {
            throw new ValidationException("the names and values of the job's limits have " + characters
                    + " characters: use at most " + MOST_CHARACTERS + ", by naming fewer limits");
        }
        return new JobChange().limits(limits.toArray(String[]::new)).applyTo(terms);
    }

    private String value(String key, JobTerms terms, Supplier<String> payload) {
        return key.startsWith(LABEL)
                ? terms.identity().labels().getOrDefault(key.substring(LABEL.length()), "")
                : inPayload(key.substring(key.indexOf('.') + 1), payload.get());
    }

    private String inPayload(String path, String json) {
        try {
            JsonNode at = mapper.readTree(json);
            for (String name : path.split("\\.")) {
                at = at.path(name);
            }
            return at.isValueNode() && !at.isNull() ? at.asText() : "";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a checked payload is not JSON", e);
        }
    }
}
