// SPDX-License-Identifier: Apache-2.0
package io.jobyard.simulator;

import io.jobyard.api.JobId;
import io.jobyard.spi.jobs.ReadyJob;
import io.jobyard.spi.store.ClaimCandidate;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;

/** Which starts are fair: the best level, turns between submitters, the oldest first, and a share for the aged. */
final class Fairness {

    private static final Comparator<ClaimCandidate> OLDEST =
            Comparator.comparing(ClaimCandidate::position, ReadyJob::compareTo);

    /** At a level: how often one submitter started while another waited in an open lane. */
    private record Pair(int level, String waits, String starts) {}

    private record Turn(int level, String submitter) {}

    private final Map<Pair, Integer> overtaken = new HashMap<>();
    private final Set<Turn> served = new HashSet<>();
    /** Somebody may have been served unseen. */
    private boolean unsure;

    private boolean lastWasAged;
    private int withoutAged;
    private int mostAged = 99;

    /** What was counted does not hold any more. */
    void forget() {
        unsure = true;
        overtaken.clear();
        withoutAged = 0;
        lastWasAged = false;
        mostAged = Math.max(mostAged, 99);
    }

    void settingsChange(boolean levels) {
        withoutAged = 0;
        if (levels) {
            overtaken.clear();
        }
    }

    void check(ClaimCandidate job, List<ClaimCandidate> open, Map<String, Object> settings, Instant now) {
        int levels = (int) settings.get("priority.levels");
        int seconds = (int) settings.get("aging.seconds");
        int share = (int) settings.get("aging.share.percent");
        JobId id = job.position().id();
        ToIntFunction<ClaimCandidate> level = one -> Math.min(one.lane().priority(), levels);
        int best = open.stream().mapToInt(level).min().orElseThrow();
        ClaimCandidate oldest = open.stream().min(OLDEST).orElseThrow();
        boolean anyAged = seconds > 0 && oldest.position().readyAt().isBefore(now.minusSeconds(seconds));
        boolean aged = anyAged && job.equals(oldest);
        ClaimCandidate first = open.stream()
                .filter(one -> level.applyAsInt(one) == level.applyAsInt(job))
                .filter(one -> one.lane().submitter().equals(job.lane().submitter()))
                .min(OLDEST)
                .orElseThrow();
        boolean inPlace = job.equals(first) && level.applyAsInt(job) == best;
        boolean inTurn = turn(job, open, level, inPlace && !aged) && inPlace;
        Violation.unless(
                inTurn || aged,
                id,
                () -> "starts out of order: overtaken are " + overtaken + ", open are " + open + ", " + settings);
        mostAged += share - (inTurn ? 0 : 100);
        Violation.unless(mostAged >= 0, id, "more than the share of the aged starts for its age");
        mostAged = Math.min(mostAged, 10_000);
        boolean twice = !inTurn && lastWasAged;
        Violation.unless(!twice, id, "a second start in a row for its age alone");
        lastWasAged = !inTurn;
        withoutAged = anyAged && !aged ? withoutAged + 1 : 0;
        Violation.unless(withoutAged <= (99 + share) / share, oldest.position().id(), "is aged and gets no share");
    }

    /**
     * Whoever waits in an open lane is overtaken by another submitter once before its first start, and between two
     * starts twice: late in one round and early in the next.
     */
    private boolean turn(
            ClaimCandidate job, List<ClaimCandidate> open, ToIntFunction<ClaimCandidate> level, boolean counts) {
        int at = level.applyAsInt(job);
        String starts = job.lane().submitter();
        Set<String> waiting = new HashSet<>();
        open.stream()
                .filter(one -> level.applyAsInt(one) == at)
                .forEach(one -> waiting.add(one.lane().submitter()));
        overtaken
                .keySet()
                .removeIf(
                        pair -> pair.level() == at && (pair.waits().equals(starts) || !waiting.contains(pair.waits())));
        served.add(new Turn(at, starts));
        boolean fair = true;
        for (String other : waiting) {
            if (counts && !other.equals(starts)) {
                fair &= overtaken.merge(new Pair(at, other, starts), 1, Integer::sum)
                        <= (unsure || served.contains(new Turn(at, other)) ? 2 : 1);
            }
        }
        return fair;
    }
}
