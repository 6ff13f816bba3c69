// SPDX-License-Identifier: Apache-2.0
package io.jobyard.operations.api;

import io.jobyard.spi.access.Caller;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** All current operations of the host. Thread-safe. */
@ProviderType
public interface Operations {

    /** Returns the operations: the host's own first, then those of other bundles. A snapshot. */
    List<Operation> all();

    /** Returns the operations of other bundles. A snapshot. */
    List<Operation> contributed();

    /** Adds a listener that is called when operations of other bundles are added or removed; the result removes it. */
    Runnable onChange(Runnable listener);

    /** Returns the operation of this name. */
    default Optional<Operation> find(String name) {
        return all().stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /**
     * Prepares a call.
     *
     * @param values the inputs as JSON, unchecked
     * @throws io.jobyard.api.ValidationException if the inputs are invalid for the operation
     */
    OperationCall call(Operation operation, Caller caller, Map<String, @Nullable Object> values);

    /**
     * Performs an operation.
     *
     * @param name the name of the operation
     * @param values the inputs as JSON, unchecked
     * @throws io.jobyard.api.JobyardException if the inputs are invalid, or the call fails
     */
    default OperationResult perform(String name, Caller caller, Map<String, @Nullable Object> values) {
        Operation operation = find(name)
                .orElseThrow(() ->
                        new IllegalArgumentException("unknown operation " + name + ": this host does not provide it"));
        return operation.answer(call(operation, caller, values));
    }
}
