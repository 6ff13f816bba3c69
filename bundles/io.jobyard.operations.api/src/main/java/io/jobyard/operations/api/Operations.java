// SPDX-License-Identifier: Apache-2.0
package io.jobyard.operations.api;

import io.jobyard.spi.access.Caller;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** All operations that the host has now. Safe for use by several threads. */
@ProviderType
public interface Operations {

    /** The operations: the host's own first, then those of other bundles. A snapshot. */
    List<Operation> all();

    /** The operations of other bundles. A snapshot. */
    List<Operation> contributed();

    /**
     * Calls a listener whenever operations of other bundles come or go.
     *
     * @return ends that
     */
    Runnable onChange(Runnable listener);

    /** The operation of this name. */
    default Optional<Operation> find(String name) {
        return all().stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /**
     * Prepares a call.
     *
     * @param values the inputs as JSON, unchecked
     * @throws io.jobyard.api.ValidationException if the inputs are not what the operation takes
     */
    OperationCall call(Operation operation, Caller caller, Map<String, @Nullable Object> values);
}
