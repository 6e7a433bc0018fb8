"""Write the answer: facts, statements, the template drafter and the model's."""
