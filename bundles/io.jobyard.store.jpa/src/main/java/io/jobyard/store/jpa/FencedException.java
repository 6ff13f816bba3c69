// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

/** Another host has taken the database: nothing of this one is stored any more. */
final class FencedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    static final String WHY = "another host has taken the database: nothing of this one is stored any more";

    FencedException() {
        super(WHY);
    }
}
