// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The containment that a host uses.
 *
 * @param containment the best that works
 * @param refused why each better one does not
 */
record ContainmentChoice(ProcessContainment containment, List<String> refused) {

    /**
     * A containment that may work.
     *
     * @param name what it is called
     * @param maker makes it
     */
    record Candidate(String name, Maker maker) {}

    /** Makes a containment, or throws with the reason why the machine has none of the kind. */
    @FunctionalInterface
    interface Maker {
        ProcessContainment make() throws IOException;
    }

    /** Throws with the reason if a containment does not work. */
    @FunctionalInterface
    interface Probe {
        void require(ProcessContainment containment) throws IOException;
    }

    /** Takes the first candidate that works, or else the last resort, which needs nothing. */
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
