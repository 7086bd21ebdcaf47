# What Perl's bounce parser finds in each file: the file, the addresses, the reason, and the Message-ID.
use strict;
use warnings;
use Mail::DeliveryStatus::BounceParser;

for my $name (@ARGV) {
    open my $file, '<', $name or die "$name: $!";
    my $bounce = Mail::DeliveryStatus::BounceParser->new($file);
    my ($report) = $bounce->reports;
    print join(' ', $name, $bounce->addresses, $report ? $report->get('std_reason') : 'none', $bounce->orig_message_id // ''), "\n";
}
