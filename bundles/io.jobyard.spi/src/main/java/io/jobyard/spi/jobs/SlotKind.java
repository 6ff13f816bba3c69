// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.jobs;

/** Kind of the slot that a run occupies on its host, from its claim to its end. */
public enum SlotKind {
    /** One of {@code worker.threads}: the handler uses a thread until it ends. */
    THREAD,
    /** One of {@code async.jobs}: the handler waits without a thread of the workers. */
    ASYNC
}
