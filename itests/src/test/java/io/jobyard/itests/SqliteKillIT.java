// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import java.io.IOException;
import org.junit.experimental.categories.Category;

/** kill -9 again and again, of a host with SQLite. */
@Category(Storm.class)
public class SqliteKillIT extends KillIT {

    public SqliteKillIT() throws IOException {}

    @Override
    void prepare(HostProcess instance) throws IOException {
        instance.configure("io.jobyard.store", "url = jdbc:sqlite:");
    }
}
