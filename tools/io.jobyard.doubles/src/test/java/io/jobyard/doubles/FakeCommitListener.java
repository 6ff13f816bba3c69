// SPDX-License-Identifier: Apache-2.0
package io.jobyard.doubles;

import io.jobyard.api.spi.CommitListener;
import io.jobyard.api.spi.Committed;
import io.jobyard.api.spi.StoreSnapshot;
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
