// SPDX-License-Identifier: Apache-2.0
package io.jobyard.doubles;

import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.feed.StoreSnapshot;
import java.util.List;
import java.util.function.Consumer;

/** Passes on what a store tells. */
public record FakeCommitListener(Consumer<StoreSnapshot> whenOpened, Consumer<List<Committed>> whenCommitted)
        implements CommitListener {

    /** One for which a store that was opened means nothing. */
    public static FakeCommitListener ofCommits(Consumer<List<Committed>> whenCommitted) {
        return new FakeCommitListener(snapshot -> {}, whenCommitted);
    }

    /** One for which changes mean nothing. */
    public static FakeCommitListener ofOpening(Consumer<StoreSnapshot> whenOpened) {
        return new FakeCommitListener(whenOpened, changes -> {});
    }

    @Override
    public void opened(StoreSnapshot snapshot) {
        whenOpened.accept(snapshot);
    }

    @Override
    public void committed(List<Committed> changes) {
        whenCommitted.accept(changes);
    }
}
