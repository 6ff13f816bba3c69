// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobNotFoundException;
import io.jobyard.api.StateConflictException;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.access.Access;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.reads.JobReads;
import io.jobyard.spi.steps.CallbackToken;
import io.jobyard.spi.steps.StoredSignal;
import io.jobyard.spi.steps.WorkStore;
import io.jobyard.spi.store.Futures;
import io.jobyard.spi.text.VisibleText;
import java.time.Clock;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Signals to jobs and answers to callbacks, from users and programs. */
final class SignalOperations {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");
    private static final int LONGEST_ERROR = 1_000;

    private final WorkStore work;
    private final JobReads reads;
    private final WaitDecisions decisions;
    private final Access access;
    private final Supplier<SchedulerSettings> settings;
    private final Clock clock;
    private final PayloadWriter values = new PayloadWriter("value", "the value");

    SignalOperations(
            WorkStore work,
            JobReads reads,
            WaitDecisions decisions,
            Access access,
            Supplier<SchedulerSettings> settings,
            Clock clock) {
        this.work = work;
        this.reads = reads;
        this.decisions = decisions;
        this.access = access;
        this.settings = settings;
        this.clock = clock;
    }

    Job signal(JobId id, String name, @Nullable Object value, Caller caller) {
        StoredJob job = reads.job(id).orElseThrow(() -> new JobNotFoundException(id.toString()));
        access.require(caller, AccessRule.SIGNAL, job.job());
        if (!NAME.matcher(name).matches()) {
            throw new ValidationException(
                    "name",
                    "invalid signal name '" + VisibleText.line(name)
                            + "': use 1 to 100 of the characters A-Z a-z 0-9 . _ -");
        }
        StoredSignal signal = given(name, caller.inHistory(), false, json(value));
        boolean isOwn = caller.name().equals(job.job().submitter());
        AuditEntry audit = isOwn ? null : AuditEntries.signal(caller, clock.instant(), job.job(), name);
        if (!store(id, signal, "signal " + name, audit)) {
            throw new StateConflictException("job " + id + " is "
                    + reads.job(id).map(now -> now.job().status().text()).orElse("removed")
                    + ": only an unfinished job accepts a signal");
        }
        return reads.job(id)
                .orElseThrow(() -> new JobNotFoundException(id.toString()))
                .job();
    }

    JobId complete(String token, @Nullable Object value, Caller caller) {
        return answer(token(token), given(token(token).signal(), caller.inHistory(), false, json(value)));
    }

    JobId fail(String token, String error, Caller caller) {
        String words = error.length() <= LONGEST_ERROR ? error : error.substring(0, LONGEST_ERROR - 1) + "…";
        return answer(token(token), given(token(token).signal(), caller.inHistory(), true, json(words)));
    }

    private JobId answer(CallbackToken token, StoredSignal answer) {
        if (!store(token.job(), answer, answer.failed() ? "callback failed" : "callback answered", null)) {
            throw new StateConflictException(
                    "this callback of job " + token.job() + " is already answered, or the job no longer waits for it");
        }
        return token.job();
    }

    private boolean store(JobId id, StoredSignal signal, String why, @Nullable AuditEntry audit) {
        return Futures.join(work.signal(id, signal, job -> decisions.woken(job, signal.by(), why), audit));
    }

    private StoredSignal given(String name, String by, boolean failed, String json) {
        return new StoredSignal(0, name, clock.instant(), by, failed, json);
    }

    private String json(@Nullable Object value) {
        if (value == null) { // a handler could not distinguish it from a timeout
            throw new ValidationException("value", "invalid value null: use a JSON value, for example true");
        }
        return values.value(value, settings.get().sizes().maxPayloadBytes()).json();
    }

    private static CallbackToken token(String text) {
        try {
            return CallbackToken.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ValidationException("invalid callback token: use the value of Callback.token()");
        }
    }
}
