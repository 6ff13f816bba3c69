// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.spi.LaneKey;
import io.jobyard.api.spi.ReadyJob;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads on in a lane from the store. */
@FunctionalInterface
interface LaneReader {

    List<ReadyJob> read(LaneKey lane, @Nullable ReadyJob after, int limit);
}
