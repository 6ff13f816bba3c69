// SPDX-License-Identifier: Apache-2.0
package io.jobyard.simulator;

import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.feed.Committed;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a commit changed, as other hosts read it.
 *
 * @param changes those of jobs
 * @param news what else listeners hear
 */
record FeedRow(List<Committed> changes, List<Consumer<CommitListener>> news) {

    /** The numbers of a life have no gap: what was not committed is not counted. */
    record Key(int life, long number) {}
}
