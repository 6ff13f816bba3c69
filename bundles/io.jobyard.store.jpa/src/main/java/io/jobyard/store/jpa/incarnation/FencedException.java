// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.incarnation;

/** Thrown when another host has ended this incarnation, which can no longer store anything. */
public final class FencedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public static final String WHY =
            "this host did not renew its lease, or its instance was started again: other hosts consider it"
                    + " dead, and it can no longer store anything";

    FencedException() {
        super(WHY);
    }
}
