// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import io.jobyard.itests.CommitFault.Kind;
import io.jobyard.itests.DatabaseProxy.Way;
import io.jobyard.itests.faults.Deed;
import io.jobyard.itests.faults.Point;
import io.jobyard.itests.faults.Step;
import io.jobyard.store.postgres.PostgresServer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** All that may go wrong in a {@link SharedStorm}, with how likely each is. */
final class Mishaps {

    /** One of them. Of the leader, or of any host. */
    record Chance(String name, int weight, boolean ofTheLeader, Mishap mishap) {}

    private final List<Chance> chances = new ArrayList<>();
    private final Random random;
    private final String wanted;

    /** Those whose names a pattern finds. */
    Mishaps(PostgresServer server, Random random, String wanted) {
        this.random = random;
        this.wanted = wanted;
        add("host-kill", 25, false, new HostKill());
        add("leader-kill", 20, true, new HostKill());
        add("start-kill", 20, false, new StartKill(random));
        add("database-kill", 4, false, new DatabaseKill(server, random));
        add("standstill", 3, false, new HostStandstill());
        add("leader-standstill", 2, true, new HostStandstill());
        add("commit-standstill", 3, false, new CommitStandstill(new Point(Deed.OUTCOME, Step.SENT)));
        add("leader-commit-standstill", 3, true, new CommitStandstill(new Point(Deed.START, Step.SENT)));
        add("partition-to-database", 4, false, new Partition(Set.of(Way.TO_DATABASE), random));
        add("partition-from-database", 4, false, new Partition(Set.of(Way.FROM_DATABASE), random));
        add("partition", 4, false, new Partition(EnumSet.allOf(Way.class), random));
        add("leader-partition", 3, true, new Partition(EnumSet.allOf(Way.class), random));
        add("commit-answer-lost", 4, false, new CommitCut(Kind.ANSWER_LOST, random));
        add("commit-late", 4, false, new CommitCut(Kind.LATE, random));
        add("clock-jump", 4, false, new ClockJump(random));
    }

    private void add(String name, int weight, boolean ofTheLeader, Mishap mishap) {
        if (name.matches(wanted)) {
            chances.add(new Chance(name, weight, ofTheLeader, mishap));
        }
    }

    /** The next one. */
    Chance next() {
        int left = random.nextInt(chances.stream().mapToInt(Chance::weight).sum());
        for (Chance chance : chances) {
            left -= chance.weight();
            if (left < 0) {
                return chance;
            }
        }
        throw new IllegalStateException(wanted);
    }
}
