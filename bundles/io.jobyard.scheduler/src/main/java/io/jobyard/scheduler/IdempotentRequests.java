// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.IdempotencyKeyException;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.RequestUnfinishedException;
import io.jobyard.api.StoreException;
import io.jobyard.api.Submission;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.access.Access;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.store.Futures;
import io.jobyard.spi.store.IdempotentSubmission;
import io.jobyard.spi.store.KeptRequest;
import io.jobyard.spi.store.RequestStore;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Requests with a request key. A submit is stored in the commit of its jobs, so that neither exists without the other. Any other request is
 * stored before its execution and answered after it, so that it is never executed twice. If the host stops in between, the request remains
 * without an answer.
 */
@Component(service = IdempotentSubmission.class)
public final class IdempotentRequests implements IdempotentSubmission {

    private static final Pattern KEY = Pattern.compile("[!-~]{1,200}");

    private final JobSubmission submission;
    private final RequestStore requests;
    private final Access access;
    private final Clock clock;

    @Activate
    public IdempotentRequests(
            @Reference SchedulerComponent scheduler,
            @Reference RequestStore requests,
            @Reference Access access,
            @Reference Clock clock) {
        this(scheduler.engine().submission, requests, access, clock);
    }

    IdempotentRequests(JobSubmission submission, RequestStore requests, Access access, Clock clock) {
        this.submission = submission;
        this.requests = requests;
        this.access = access;
        this.clock = clock;
    }

    @Override
    public List<Submission> submit(
            Caller caller, String key, String fingerprint, List<JobSpecification> specifications) {
        access.require(caller, AccessRule.SUBMIT);
        requireKey(key);
        Optional<List<Submission>> known = known(caller, key, fingerprint);
        if (known.isPresent()) {
            return known.get();
        }
        List<Submission> answers = submission.submit(caller, specifications, (jobs, told) -> {
            Instant now = clock.instant();
            return requests.admit(new KeptRequest(caller.name(), key, fingerprint, now, now.plus(KEPT), told), jobs);
        });
        return answers.isEmpty() ? known(caller, key, fingerprint).orElseThrow(IdempotentRequests::gone) : answers;
    }

    @Override
    public String answer(Caller caller, String key, String fingerprint, Supplier<String> call) {
        requireKey(key);
        Instant now = clock.instant();
        KeptRequest begun = new KeptRequest(caller.name(), key, fingerprint, now, now.plus(KEPT), List.of());
        if (!Futures.join(requests.admit(begun, List.of()))) {
            return answered(caller, key, fingerprint);
        }
        String answer;
        try {
            answer = call.get();
        } catch (StoreException e) { // the request may have been executed anyway
            throw e;
        } catch (RuntimeException e) {
            Futures.join(requests.settle(begun, null));
            throw e;
        }
        Futures.join(requests.settle(begun, answer));
        return answer;
    }

    private String answered(Caller caller, String key, String fingerprint) {
        KeptRequest kept = requests.find(caller.name(), key).orElseThrow(IdempotentRequests::gone);
        requireSame(kept, fingerprint);
        if (kept.answer() == null) {
            throw new RequestUnfinishedException(key, kept.at());
        }
        return kept.answer();
    }

    private static void requireKey(String key) {
        if (!KEY.matcher(key).matches()) {
            throw new ValidationException(
                    "invalid request key: use 1 to 200 printable ASCII characters without spaces");
        }
    }

    private static ValidationException gone() {
        return new ValidationException(
                "the same request was sent at the same time, and its result is no longer stored; send it again");
    }

    private Optional<List<Submission>> known(Caller caller, String key, String fingerprint) {
        return requests.find(caller.name(), key)
                .filter(request -> request.until().isAfter(clock.instant()))
                .map(request -> answers(request, fingerprint));
    }

    private static List<Submission> answers(KeptRequest request, String fingerprint) {
        requireSame(request, fingerprint);
        return request.answers();
    }

    private static void requireSame(KeptRequest request, String fingerprint) {
        if (!request.fingerprint().equals(fingerprint)) {
            throw new IdempotencyKeyException("the key '" + request.key() + "' belongs to another request, from "
                    + request.at() + "; use a new key for each request, and the same key only to repeat a request");
        }
    }
}
