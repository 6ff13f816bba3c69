// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.spi.cluster.HostNotices;
import io.jobyard.spi.cluster.HostStore;
import io.jobyard.store.jpa.cluster.SoleHost;
import io.jobyard.store.jpa.feed.RemoteFeed;
import java.sql.SQLException;
import java.util.Optional;

/** Store on a database that no other host can open. */
final class SoleStore extends Store {

    SoleStore(StoreOpening opening) throws SQLException {
        super(opening, StoreTables.begin(opening, Optional.empty()), RemoteFeed.NONE);
        SoleHost host = new SoleHost(tables.incarnation(), opening.clock().instant(), inbox, listeners);
        offer(HostStore.class, host);
        offer(HostNotices.class, host);
        start();
    }
}
