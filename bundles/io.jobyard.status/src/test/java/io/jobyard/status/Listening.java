// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.spi.CommitListener;
import io.jobyard.api.spi.Committed;
import io.jobyard.api.spi.StoreSnapshot;
import java.util.List;

/** Tells a tally what the store tells. */
record Listening(Tally tally) implements CommitListener {

    @Override
    public void opened(StoreSnapshot snapshot) {
        tally.opened(snapshot);
    }

    @Override
    public void committed(List<Committed> changes) {
        tally.committed(changes);
    }
}
