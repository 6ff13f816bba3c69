// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import io.jobyard.store.postgres.PostgresServer;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;

/** The same with three hosts on a PostgreSQL: whichever host has the job then goes on with it. */
@Category(Storm.class)
public class SharedPipelineKillIT {

    @Rule
    public final HostProcess one = new HostProcess();

    @Rule
    public final HostProcess two = new HostProcess();

    @Rule
    public final HostProcess three = new HostProcess();

    @Test
    public void noStoredStepRunsAgainAndChildrenAreSubmittedOnce() throws Exception {
        PostgresServer server = PostgresServer.shared();
        String url = server.newSchema();
        List<HostProcess> hosts = List.of(one, two, three);
        for (HostProcess host : hosts) {
            host.configure(
                    "io.jobyard.store",
                    "url = " + url,
                    "user = " + PostgresServer.USER,
                    "password = " + server.password(),
                    "lease.seconds = " + SharedHost.LEASE.toSeconds());
        }
        PipelineDeaths deaths = new PipelineDeaths(hosts);
        deaths.start();
        deaths.dieAtSome(2);
    }
}
