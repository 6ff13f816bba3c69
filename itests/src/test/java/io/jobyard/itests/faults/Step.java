// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests.faults;

/** How far a deed has come on its way from the call to its durable effect. */
public enum Step {
    CALLED("the store is called; its writing thread has not yet taken the call"),
    SENT("all rows are sent; the commit is next"),
    COMMITTED("the commit is made; no listener has been notified");

    private final String meaning;

    Step(String meaning) {
        this.meaning = meaning;
    }

    public String meaning() {
        return meaning;
    }
}
