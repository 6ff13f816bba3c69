// SPDX-License-Identifier: Apache-2.0
package io.jobyard.operations.api;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Service of a bundle that adds operations to the host. The operations appear in every interface while the service is registered. The
 * host refuses an operation if its name or path is in use, or if it names no access rule, and logs the reason.
 */
@ConsumerType
public interface OperationProvider {

    /** Returns the operations; the same operations for each call. */
    List<Operation> operations();
}
