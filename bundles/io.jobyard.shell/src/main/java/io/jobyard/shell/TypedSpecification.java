// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.JobSpecification;
import io.jobyard.views.api.JsonReader;
import io.jobyard.views.api.SpecificationReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a specification from the options of a submit. */
final class TypedSpecification {

    private final SubmitOptions options;
    private final CommandUser user;

    TypedSpecification(SubmitOptions options, CommandUser user) {
        this.options = options;
        this.user = user;
    }

    JobSpecification read() {
        if (options.type == null) {
            throw new UsageException("missing job type: job:submit TYPE JSON; job:handlers lists the types");
        }
        Map<String, @Nullable Object> job = new LinkedHashMap<>(options.ofJob.json());
        job.put("type", options.type);
        job.put("payload", payload());
        return new SpecificationReader(user.status(), user.clock()).read(SpecificationReader.OPTIONS, job, Set.of());
    }

    private Map<String, Object> payload() {
        TypedJson typed = new TypedJson("payload", options.payload, options.file);
        String text = typed.text(user);
        if (text == null) {
            throw new UsageException(
                    "missing payload: give a JSON object such as '{\"text\": \"hello\"}', or --file F, or --file -"
                            + " for standard input");
        }
        return JsonReader.object(typed.name(), text);
    }
}
