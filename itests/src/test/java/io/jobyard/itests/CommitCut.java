// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import io.jobyard.itests.CommitFault.Kind;
import java.time.Duration;
import java.util.Random;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** The host's connection is cut at a commit, which the database makes all the same. */
final class CommitCut implements Mishap {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final Kind kind;
    private final Random random;

    CommitCut(Kind kind, Random random) {
        this.kind = kind;
        this.random = random;
    }

    @Override
    public boolean befall(SharedHost host) {
        host.proxy().strikeNextCommit(new CommitFault(kind, Duration.ofMillis(random.nextInt(1_200))));
        try {
            Awaitility.await().atMost(TIMEOUT).until(host.proxy()::hasStruck);
        } catch (ConditionTimeoutException e) {
            return host.proxy().takeCommitFault().isEmpty();
        }
        return true;
    }
}
