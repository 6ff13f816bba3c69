// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.BulkAction;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "job:delete",
        sortOptions = false,
        description = "Remove finished jobs that match a filter. Jobs that unfinished jobs depend on are kept.")
final class DeleteCommand extends UserCommand {

    @Mixin
    final JobFilterOptions filter = new JobFilterOptions();

    @Mixin
    final BulkOptions bulk = new BulkOptions();

    @Override
    Answer answer(CommandUser user) {
        bulk.isAsked(List.of(), filter);
        return bulk.answer(user, BulkAction.DELETE, filter, null);
    }
}
