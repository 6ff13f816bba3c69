// SPDX-License-Identifier: Apache-2.0
package io.jobyard.operations.api;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Service of a bundle that adds operations to the host. They appear in every interface while the service is registered. The host refuses
 * an operation whose name or address is taken, or that names no access rule, and logs why.
 */
@ConsumerType
public interface OperationProvider {

    /** The operations; the same ones at each call. */
    List<Operation> operations();
}
