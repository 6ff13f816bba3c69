// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;

/** A host that ends without a word at some points of a job with steps and waits. */
@Category(Storm.class)
public class PipelineKillIT {

    @Rule
    public final HostProcess host = new HostProcess();

    @Test
    public void noStoredStepRunsAgainAndChildrenAreSubmittedOnce() throws Exception {
        PipelineDeaths deaths = new PipelineDeaths(List.of(host));
        deaths.start();
        deaths.dieAtSome(3);
    }
}
