// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.views.api.MaintenanceView;
import picocli.CommandLine.Command;

@Command(
        name = "job:compact",
        description = "Give the disk space of deleted jobs back. The host waits meanwhile, so do it in a quiet hour;"
                + " there must be room for a copy of the largest table.")
final class CompactCommand extends UserCommand {

    @Override
    LocalOnly local() {
        return new LocalOnly("log in to that machine and run bin/jobyard compact");
    }

    @Override
    Answer answer(CommandUser user) {
        user.maintain("compact", "");
        long bytes = user.host().maintenance().compact();
        return Answer.of(MaintenanceView.COMPACTION, bytes, "given back: " + bytes + " bytes");
    }
}
