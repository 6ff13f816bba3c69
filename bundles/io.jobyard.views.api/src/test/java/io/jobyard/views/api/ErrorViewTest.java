// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.FieldProblem;
import io.jobyard.api.IdempotencyKeyException;
import io.jobyard.api.JobyardException;
import io.jobyard.api.RequestUnfinishedException;
import io.jobyard.api.StateConflictException;
import io.jobyard.api.StoreException;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.error.ErrorCode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ErrorViewTest {

    private static final String OF_VALIDATION =
            "correct the parts that message or errors name; the reference lists the fields and their types";

    private static Map<String, Object> json(RequestFault problem) {
        return ErrorView.PROBLEM.json(problem);
    }

    @Test
    void aCodeHasOneTitleAndAFixWhateverTheMessage() {
        Map<String, Object> one = json(RequestFault.of(new ValidationException("a is wrong; write b")));
        Map<String, Object> other = json(RequestFault.of(new ValidationException("c is wrong")));
        assertThat(one).containsEntry("title", "Invalid request").containsEntry("fix", "write b");
        assertThat(other).containsEntry("title", "Invalid request");
        assertThat(other.get("fix")).isEqualTo(OF_VALIDATION);
    }

    @Test
    void aFixThatTheMessageTellsIsTold() {
        assertThat(json(RequestFault.of(new ValidationException("type", "invalid type 'a b': use letters"))))
                .containsEntry("fix", "use letters");
        assertThat(json(RequestFault.of(new ValidationException("payload is not JSON: line 3 is wrong"))))
                .containsEntry("fix", OF_VALIDATION);
    }

    @Test
    void thatNothingWasStoredBelongsToTheMessage() {
        assertThat(json(RequestFault.of(new StoreException("the database is away; nothing was stored", null))))
                .containsEntry("message", "the database is away; nothing was stored")
                .containsEntry("fix", ErrorCode.STORE.fix());
        assertThat(json(RequestFault.of(new StoreException("it is away; nothing was stored; start it", null))))
                .containsEntry("message", "it is away; nothing was stored")
                .containsEntry("fix", "start it");
    }

    @Test
    void theSecondOfSeveralFaultsIsNoFix() {
        assertThat(json(RequestFault.of(new ValidationException(List.of(
                        new FieldProblem("payload.a", "a is missing"),
                        new FieldProblem("payload.b", "b is a string"))))))
                .containsEntry("message", "a is missing; b is a string")
                .containsEntry("fix", OF_VALIDATION);
    }

    @Test
    void thePathOfAPartIsMadeFromTheInsideOutwards() {
        ValidationException inner = new ValidationException(FieldProblem.path("labels", "tenant"), "must be a string");
        assertThat(inner.in("job").field()).isEqualTo("job.labels.tenant");
        assertThat(inner.in("[0]").field()).isEqualTo("[0].labels.tenant");
        assertThat(FieldProblem.path("labels", "a.\"b")).isEqualTo("labels[\"a.\\\"b\"]");
        assertThat(new ValidationException("circle").field()).isNull();
        ValidationException outer = new ValidationException("no JSON; mend it")
                .in(FieldProblem.path("jobs", 3))
                .told("job 4");
        assertThat(json(RequestFault.of(outer)))
                .containsEntry("message", "job 4: no JSON")
                .containsEntry("field", "jobs[3]")
                .containsEntry("fix", "mend it")
                .containsEntry("errors", List.of(Map.of("field", "jobs[3]", "message", "no JSON; mend it")));
    }

    @Test
    void everyFaultOfTheApiHasATextOfItsOwn() {
        List<JobyardException> faults = List.of(
                new ValidationException("v"),
                new StateConflictException("s"),
                new IdempotencyKeyException("i"),
                new RequestUnfinishedException("k", Instant.EPOCH),
                new StoreException("s", null));
        assertThat(faults)
                .allSatisfy(fault ->
                        assertThat(RequestFault.of(fault).code().text()).isEqualTo(fault.code()));
    }

    @Test
    void everyInterfaceReportsTheSameFourFields() {
        RequestFault fault =
                RequestFault.of(new ValidationException("priority", "priority 'a; b' is high; use 1 to 10"));
        Map<String, Object> four = Map.of(
                "code", "validation", "field", "priority", "message", "priority 'a; b' is high", "fix", "use 1 to 10");
        assertThat(ErrorView.ERROR.json(fault)).isEqualTo(Map.of("error", four));
        assertThat(json(fault)).containsAllEntriesOf(four).containsEntry("status", 400);
        ErrorView.Refusal refusal = new ErrorView.Refusal("1", new ValidationException("priority", fault.line()));
        assertThat(ErrorView.REFUSAL.json(refusal)).containsAllEntriesOf(four).containsEntry("id", "1");
    }
}
