// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The containment of a host.
 *
 * @param containment the best containment that works
 * @param refused the reasons why better ones do not work
 */
record ContainmentChoice(ProcessContainment containment, List<String> refused) {

    /** A candidate, which may not work on this machine. */
    record Candidate(String name, Maker maker) {}

    /** Creates a containment, or throws with the reason why the machine does not support it. */
    @FunctionalInterface
    interface Maker {
        ProcessContainment make() throws IOException;
    }

    /** Throws with the reason if a containment does not work. */
    @FunctionalInterface
    interface Probe {
        void require(ProcessContainment containment) throws IOException;
    }

    /** Chooses the first candidate that works; otherwise the last resort, which works everywhere. */
    static ContainmentChoice of(List<Candidate> candidates, ProcessContainment lastResort, Probe probe) {
        List<String> refused = new ArrayList<>();
        for (Candidate candidate : candidates) {
            try {
                ProcessContainment containment = candidate.maker().make();
                probe.require(containment);
                return new ContainmentChoice(containment, refused);
            } catch (IOException e) {
                refused.add(candidate.name() + ": " + e.getMessage());
            }
        }
        return new ContainmentChoice(lastResort, refused);
    }
}
