"""What Mailman's bounce parser finds in each file: the file, then the addresses that failed for good."""
import email
import sys

from flufl.bounce import all_failures

for name in sys.argv[1:]:
    with open(name, 'rb') as file:
        temporary, permanent = all_failures(email.message_from_binary_file(file))
    print(name, 'temporary:', *sorted(map(bytes.decode, temporary)), 'permanent:', *sorted(map(bytes.decode, permanent)))
