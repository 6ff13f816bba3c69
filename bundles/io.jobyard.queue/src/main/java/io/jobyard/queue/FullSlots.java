// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

/** Explanation of an allowance without enough free slots. */
final class FullSlots {

    private FullSlots() {}

    /** Returns text about the slots that the demand lacks. */
    static String explain(Allowance allowance, Demand asked) {
        int slots = allowance.slots(asked);
        String max = (allowance.level() == null ? "running.max " : "adaptive ") + allowance.most();
        String all = (allowance.taken() == allowance.running() && slots == asked.starts()
                        ? allowance.running() + " of " + max + " run"
                        : allowance.taken() + " slots of " + max + " are taken")
                + (allowance.isHeldByFailure() ? ", for the latest attempt failed" : "");
        if (asked.starts() != 1) {
            return all + (allowance.hasSlots(1) ? ", and with the jobs before it the job needs " + slots : "");
        }
        return all
                + (slots == 1 ? "" : ", the next job needs " + slots)
                + (allowance.canHave(slots)
                        ? ""
                        : ", more than exists: raise " + allowance.settings().runningMaxKey() + ", or cancel the job");
    }
}
