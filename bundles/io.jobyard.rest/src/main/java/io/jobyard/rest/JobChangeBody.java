// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import static io.jobyard.rest.RestBody.ifGiven;

import io.jobyard.api.FieldProblem;
import io.jobyard.api.JobChange;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobSpecificationBuilder;
import io.jobyard.api.ValidationException;
import java.util.Map;

/** What is to be different about a job, or about one like it. */
final class JobChangeBody {

    static final RequestBody FORM = RequestBody.of("change")
            .may("priority", ValueKind.WHOLE, "the level, 1 first")
            .mayBeNull("queue", ValueKind.TEXT, "the queue; null to go by the job's type")
            .may("labels", ValueKind.OBJECT, "marks to set; null takes one away, and the others stay")
            .mayBeNull(
                    "notBefore",
                    ValueKind.TEXT,
                    "not to start earlier: an instant, or a duration from now; null for at once")
            .may("timeout", ValueKind.ANY, "how long a run may take: seconds, or a duration such as 5m")
            .may("limits", ValueKind.TEXTS, "the limits the job draws on, beside those of its handler");

    static final RequestBody CLONE = RequestBody.of("clone")
            .may("payload", ValueKind.OBJECT, "another payload")
            .may("priority", ValueKind.WHOLE, "another level, 1 first")
            .may("queue", ValueKind.TEXT, "another queue")
            .may("labels", ValueKind.OBJECT, "labels more, or other values")
            .may("notBefore", ValueKind.TEXT, "not to start earlier: an instant, or a duration from now")
            .may("timeout", ValueKind.ANY, "another timeout: seconds, or a duration such as 5m")
            .may("maxRetries", ValueKind.WHOLE, "another number of retries")
            .may("key", ValueKind.TEXT, "a key of its own");

    private JobChangeBody() {}

    static JobChange change(RestBody body) {
        JobChange change = new JobChange();
        ifGiven(body.number("priority"), change::priority);
        if (body.has("queue")) {
            change.queue(body.text("queue"));
        }
        body.marks("labels").forEach(change::label);
        if (body.has("notBefore")) {
            change.notBefore(body.text("notBefore") == null ? null : body.next("notBefore"));
        }
        ifGiven(body.duration("timeout"), change::timeout);
        if (body.has("limits")) {
            change.limits(body.texts("limits").toArray(String[]::new));
        }
        return change;
    }

    static JobSpecification copy(JobSpecification like, RestBody body) {
        JobSpecificationBuilder job = like.toBuilder();
        if (body.has("payload")) {
            job.payload(body.object("payload"));
        }
        ifGiven(body.number("priority"), job::priority);
        ifGiven(body.text("queue"), job::queue);
        for (Map.Entry<String, String> label : body.marks("labels").entrySet()) {
            if (label.getValue() == null) {
                throw new ValidationException(
                        FieldProblem.path("labels", label.getKey()),
                        "the body: label " + label.getKey() + " must be a string");
            }
            job.label(label.getKey(), label.getValue());
        }
        ifGiven(body.next("notBefore"), job::notBefore);
        ifGiven(body.duration("timeout"), job::timeout);
        ifGiven(body.number("maxRetries"), job::maxRetries);
        ifGiven(body.text("key"), job::key);
        return job.build();
    }
}
