// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.JobId;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobyardException;
import io.jobyard.api.QuotaException;
import io.jobyard.api.StoreException;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.queue.JobAdmission;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.spi.store.Futures;
import io.jobyard.spi.store.InboxEntry;
import io.jobyard.spi.store.SubmissionInbox;
import io.jobyard.views.api.JsonReader;
import io.jobyard.views.api.SpecificationReader;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Admits submissions from SQL in slices, with the same checks as every submit. Rejected submissions are stored for users. A submission that
 * the store cannot accept now waits. Only for one thread.
 */
final class SubmissionTaker {

    private static final Logger LOG = LoggerFactory.getLogger(SubmissionTaker.class);
    /** Maximum number of jobs that the committer takes at once. */
    private static final int SLICE = 256;
    /** Maximum length of a JSON text in the database, relative to the text as sent, because a database writes JSON with spaces. */
    private static final int BYTES_PER_BYTE = 2;

    private static final int OTHER_BYTES = 65_536;
    /** Number of attempts to store a submission before it is rejected, because the database may have failed for another reason. */
    private static final int TRIES = 10;
    /** Number of bits after the milliseconds in the first half of an ID. */
    private static final int MILLIS = 16;

    private record OfferedSubmission(InboxEntry entry, CompletableFuture<Boolean> answer) {}

    private final SubmissionInbox inbox;
    private final JobSubmission submission;
    private final JobAdmission queue;
    private final IntSupplier maxPayloadBytes;
    private final Map<JobId, OfferedSubmission> offered = new LinkedHashMap<>();
    private final Map<InboxEntry, String> refusals = new LinkedHashMap<>();
    private final Map<Long, Integer> tries = new HashMap<>();
    private boolean waits;

    SubmissionTaker(SubmissionInbox inbox, JobSubmission submission, JobAdmission queue, IntSupplier maxPayloadBytes) {
        this.inbox = inbox;
        this.submission = submission;
        this.queue = queue;
        this.maxPayloadBytes = maxPayloadBytes;
    }

    /** Takes at most a slice of waiting submissions. Returns whether more may wait that can be taken now. */
    boolean take() {
        int maxBytes =
                (int) Math.min((long) maxPayloadBytes.getAsInt() * BYTES_PER_BYTE + OTHER_BYTES, JsonReader.MAX_BYTES);
        List<InboxEntry> entries = inbox.waiting(SLICE, maxBytes);
        tries.keySet().retainAll(entries.stream().map(InboxEntry::number).toList());
        waits = false;
        try {
            entries.forEach(entry -> offer(entry, maxBytes));
        } finally {
            settle();
        }
        refuse();
        return !entries.isEmpty() && !waits;
    }

    private void offer(InboxEntry entry, int maxBytes) {
        try {
            Instant called = Instant.ofEpochMilli(entry.id().value().getMostSignificantBits() >>> MILLIS);
            JobSpecification specification = read(entry, maxBytes, called);
            if (specification.dependencies().ids().stream().anyMatch(offered::containsKey)) {
                settle();
            }
            Caller caller = Caller.sql(entry.submitter());
            AdmittedJob job = submission.decide(caller, specification, entry.id(), called);
            queue.reserve(caller.name(), Set.of(entry.id()));
            offered.put(entry.id(), new OfferedSubmission(entry, inbox.admit(entry, job)));
        } catch (StoreException e) { // the reason applies to all submissions, not only to this submission
            throw e;
        } catch (JobyardException e) {
            refusals.put(entry, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("Cannot check job {}, which was submitted from SQL", entry.id(), e);
            refusals.put(entry, "the check failed with " + e.getClass().getName() + "; see the host's log");
        }
    }

    private static JobSpecification read(InboxEntry entry, int maxBytes, Instant called) {
        String text = entry.specification();
        if (text == null) {
            throw new ValidationException("the specification has more than " + maxBytes
                    + " bytes: store the data elsewhere and pass a reference, or raise max.payload.bytes in"
                    + " io.jobyard.scheduler");
        }
        SpecificationReader reader = new SpecificationReader(JobId::of, Clock.fixed(called, ZoneOffset.UTC));
        return reader.read("the specification", JsonReader.object("the specification", text), Set.of());
    }

    /** Waits for the offered jobs, so that later entries can depend on them. */
    private void settle() {
        offered.forEach((id, one) -> {
            boolean stored = false;
            try {
                stored = Futures.join(one.answer()); // otherwise another host has taken it
            } catch (QuotaException e) { // jobs admitted by another host have used up the quota
                refusals.put(one.entry(), String.valueOf(e.getMessage()));
            } catch (ValidationException e) {
                failed(one.entry(), e);
            } catch (RuntimeException e) {
                LOG.debug("Job {} waits in the inbox", id, e);
                waits = true;
            }
            if (!stored) {
                queue.unreserve(Set.of(id));
            }
        });
        offered.clear();
    }

    private void failed(InboxEntry entry, ValidationException why) {
        waits = true;
        if (tries.merge(entry.number(), 1, Integer::sum) == TRIES) {
            refusals.put(entry, String.valueOf(why.getMessage()));
        }
    }

    private void refuse() {
        if (!refusals.isEmpty()) {
            Map<InboxEntry, String> refused = Map.copyOf(refusals);
            refusals.clear();
            Futures.join(inbox.refuse(refused));
            refused.forEach((entry, why) ->
                    LOG.info("Refused job {}, which {} submitted from SQL: {}", entry.id(), entry.submitter(), why));
        }
    }
}
