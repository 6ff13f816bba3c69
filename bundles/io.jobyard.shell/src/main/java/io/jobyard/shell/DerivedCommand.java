// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.operations.api.Operation;
import io.jobyard.operations.api.Operations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Command that is derived from the declarations of operations. Not changed after its declaration. */
final class DerivedCommand {

    final String name;
    final String description;
    final List<Form> forms = new ArrayList<>();
    /** Options that only select a form or change the text, with their meanings. */
    final Map<String, String> flags = new LinkedHashMap<>();

    /**
     * Declares a command.
     *
     * @param name its name without the scope
     * @param description its effect, in sentences; empty for the summary of its only operation
     */
    DerivedCommand(String name, String description) {
        this.name = name;
        this.description = description;
    }

    /** Adds a form. The first form without a selector is the default. */
    DerivedCommand form(Form form) {
        forms.add(form);
        return this;
    }

    /** Adds an option without a value. */
    DerivedCommand flag(String option, String meaning) {
        flags.put(option, meaning);
        return this;
    }

    boolean hasVerbs() {
        return forms.stream().anyMatch(Form::isVerb);
    }

    List<String> verbs() {
        return forms.stream()
                .filter(Form::isVerb)
                .map(form -> form.selector)
                .distinct()
                .toList();
    }

    /** Returns the operation of a form. */
    static Operation operation(Form form, Operations operations) {
        return operations
                .find(form.operation)
                .orElseThrow(() -> new IllegalStateException(
                        "unknown operation " + form.operation + ": this host does not provide it"));
    }
}
