// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.spi;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What an administrator does to the store as a whole. The service is there while the store is open. Safe for use by
 * several threads; calls take turns, and the host works on meanwhile.
 */
@ProviderType
public interface StoreMaintenance {

    /**
     * Copies the store while it is used. The copy holds all that was committed before the call. If it fails, what was
     * copied so far is removed.
     *
     * @param directory where the copy goes; must be empty, or not exist: then it is made, for its owner alone
     * @return how many bytes the copy takes
     * @throws io.jobyard.api.ValidationException if the directory will not do
     * @throws io.jobyard.api.StoreException if the copy cannot be made, or the caller was interrupted: then it is still
     *     brought to its end
     */
    long backup(Path directory);
}
