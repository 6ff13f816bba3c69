// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

/** Carries the calls of a test's store to its database, or does not. Called by several threads. */
public interface Wire {

    /** Carries everything. */
    Wire SOUND = Call::make;

    Object carry(Call call) throws Throwable;
}
