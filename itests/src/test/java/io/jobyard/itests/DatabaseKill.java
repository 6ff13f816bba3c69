// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import io.jobyard.store.postgres.PostgresServer;
import java.util.Random;

/** kill -9 of the database's main process, which is started again after a while. */
final class DatabaseKill implements Mishap {

    private static final int LONGEST_MILLIS = 3_000;

    private final PostgresServer server;
    private final Random random;

    DatabaseKill(PostgresServer server, Random random) {
        this.server = server;
        this.random = random;
    }

    @Override
    public boolean befall(SharedHost host) throws Exception {
        server.kill();
        Thread.sleep(random.nextInt(LONGEST_MILLIS));
        server.begin();
        return true;
    }
}
