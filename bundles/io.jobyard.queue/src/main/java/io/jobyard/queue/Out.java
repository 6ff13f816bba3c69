// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.spi.StoredJob;
import io.jobyard.api.spi.Taken;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The jobs that were taken and are not over, with what they hold. Guarded by the lock of {@link Lanes}. */
final class Out {

    private final Map<JobId, Ticket> tickets = new HashMap<>();
    private int suspects;

    /** Forgets all; what was drawn stays drawn. */
    void clear(long now) {
        tickets.values().forEach(ticket -> ticket.forget(now));
        tickets.clear();
        suspects = 0;
    }

    /** Each counts in the shares that its submitter has from now on. */
    void follow(Function<String, List<Allowance>> sharesOf) {
        tickets.values()
                .forEach(ticket ->
                        ticket.follow(sharesOf.apply(ticket.taken.lane().submitter())));
    }

    /** Whether one is out whose host was lost again and again. */
    boolean hasSuspect() {
        return suspects > 0;
    }

    @Nullable
    Ticket find(JobId id) {
        return tickets.get(id);
    }

    void add(Ticket ticket) {
        tickets.put(ticket.taken.place().id(), ticket);
        suspects += ticket.isSuspect() ? 1 : 0;
    }

    /** The start of a job that was taken did not come about. Null if the job has gone on since, or runs. */
    @Nullable
    Ticket notStarted(Taken taken) {
        Ticket ticket = tickets.get(taken.place().id());
        if (ticket == null || !ticket.taken.equals(taken) || ticket.isStarted()) {
            return null;
        }
        remove(ticket);
        ticket.undo();
        return ticket;
    }

    /**
     * A ready job stands elsewhere now. False unless it was taken: then it is on its way, holds what it was given, and
     * is ready in its new place when its start does not come about.
     */
    boolean moved(Taken place) {
        Ticket ticket = tickets.get(place.place().id());
        if (ticket == null || ticket.isStarted()) {
            return false;
        }
        ticket.movedTo(place);
        return true;
    }

    /** Follows a commit. A job that runs without having been taken here holds its places, and has drawn nothing. */
    void committed(StoredJob after, Supplier<Ticket> unknown) {
        Ticket ticket = tickets.get(after.id());
        if (after.job().status() == JobStatus.RUNNING) {
            if (ticket == null) {
                ticket = unknown.get();
                add(ticket);
            }
            ticket.started();
        } else if (ticket != null) {
            remove(ticket);
            if (ticket.isStarted()) {
                ticket.settle();
            } else {
                ticket.undo();
            }
        }
    }

    private void remove(Ticket ticket) {
        tickets.remove(ticket.taken.place().id());
        suspects -= ticket.isSuspect() ? 1 : 0;
    }
}
